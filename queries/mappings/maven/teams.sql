-- A team is a manager's, and managers stay in one regional office.
select distinct manager as team_id, manager || ' (' || regional_office || ')' as team_name
from sales_teams
