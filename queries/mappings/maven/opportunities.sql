-- No leads, no campaigns. Deals still in prospecting have no date at all.
select
    opportunity_id,
    account as account_id,
    sales_agent as owner_rep_id,
    engage_date as created_at,
    deal_stage as stage,
    case deal_stage when 'Won' then 'won' when 'Lost' then 'lost' else 'open' end as outcome,
    close_date,
    close_value as amount,
    product as deal_type
from sales_pipeline
