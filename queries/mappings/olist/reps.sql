-- SDRs hand over, SRs close; thirteen people are both.
select rep_id, 'Rep ' || left(rep_id, 6) as rep_name
from (
    select sr_id as rep_id from olist_closed_deals_dataset
    union
    select sdr_id as rep_id from olist_closed_deals_dataset
)
