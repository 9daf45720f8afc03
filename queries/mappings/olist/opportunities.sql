-- Only won deals are in the set, with neither an amount nor a day on which they were opened.
select
    mql_id as opportunity_id,
    mql_id as lead_id,
    sr_id as owner_rep_id,
    'won' as outcome,
    won_date as closed_at,
    lead_type as deal_type
from olist_closed_deals_dataset
