"""The life of a job by huaweicloudsdkvas, signed. Argument: where the emulator is."""

import json
import sys

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkcore.region.region import Region
from huaweicloudsdkvas import v2 as vas

SERVICE = "video-analyze"
place = json.loads(sys.argv[1])
iam, iva = (place["rootEndpoints"][name] for name in ("iam", "iva"))
keys = BasicCredentials("EMULATORACCESSKEY001", "emulatorSecretKey0000000000000000000001").with_iam_endpoint(iam)
region = Region(place["region"], iva)
client = vas.VasClient.new_builder().with_credentials(keys).with_region(region).build()

body = vas.CreateTasksRequestBody(
    name="by-sdk",
    service_version="1.0",
    input=vas.TaskInput(type="url", data=[vas.TaskInputData(url="rtsp://cameras.example.com/1")]),
    output=vas.TaskOutput(dis=vas.TaskOutputDis(stream_name="faces")),
)
[made] = client.create_tasks(vas.CreateTasksRequest(service_name=SERVICE, body=body)).body
where = {"service_name": SERVICE, "task_id": made.id}

listed = client.list_tasks_details(vas.ListTasksDetailsRequest(service_name=SERVICE, name_like="by-sdk", limit=10))
assert (listed.count, listed.tasks[0].id) == (1, made.id), listed

change = vas.UpdateTaskRequestBody(name="by-sdk", description="ä b")
client.update_task(vas.UpdateTaskRequest(**where, body=change))
shown = client.show_task(vas.ShowTaskRequest(**where))
assert (shown.description, shown.output.dis.stream_name) == ("ä b", "faces"), shown
assert shown.service_title.en, shown

assert client.stop_task(vas.StopTaskRequest(**where)).status_code == 202
assert client.start_task(vas.StartTaskRequest(**where)).status_code == 202
assert client.delete_task(vas.DeleteTaskRequest(**where)).status_code == 202

try:
    client.show_task(vas.ShowTaskRequest(service_name=SERVICE, task_id="0" * 32))
    raise AssertionError("a task that is none is shown")
except ClientRequestException as error:
    assert (error.status_code, error.error_code) == (404, "IVA.0005"), error
