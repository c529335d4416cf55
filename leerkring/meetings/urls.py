from leerkring.meetings import calendar_urls, planning_urls
from leerkring.meetings.live_urls import LIVE
from leerkring.meetings.workform_urls import WORKFORMS

app_name = "meetings"
urlpatterns = [*WORKFORMS, *planning_urls.urlpatterns, *calendar_urls.urlpatterns, *LIVE]
