-- The set begins at MQL: the first contact is the only stage event that it has.
select
    mql_id as event_id,
    mql_id as lead_id,
    'mql' as to_stage,
    first_contact_date as occurred_at
from olist_marketing_qualified_leads_dataset
