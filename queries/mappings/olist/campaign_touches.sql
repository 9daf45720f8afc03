select
    mql_id as touch_id,
    mql_id as lead_id,
    nullif(landing_page_id, md5('')) as campaign_id,
    first_contact_date as touched_at
from olist_marketing_qualified_leads_dataset
