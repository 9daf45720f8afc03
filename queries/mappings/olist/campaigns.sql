-- A landing page stands for a campaign. The MD5 of an empty text is a missing page in disguise.
select landing_page_id as campaign_id, 'Landing page ' || left(landing_page_id, 8) as campaign_name
from olist_marketing_qualified_leads_dataset
where landing_page_id <> md5('')
group by landing_page_id
