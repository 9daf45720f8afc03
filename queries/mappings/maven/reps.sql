select sales_agent as rep_id, sales_agent as rep_name, manager as team_id
from sales_teams
