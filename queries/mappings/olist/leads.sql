-- One person per marketing qualified lead. The one who closed the deal owns the lead.
select
    mqls.mql_id as lead_id,
    mqls.first_contact_date as created_at,
    mqls.origin as source,
    deals.sr_id as owner_rep_id
from olist_marketing_qualified_leads_dataset as mqls
left join olist_closed_deals_dataset as deals on deals.mql_id = mqls.mql_id
