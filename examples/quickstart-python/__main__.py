"""All three resources: tasks of ModelArts Edge and IEF, a batch of VIAS and a job of the Video Analysis Service."""

from typing import Any, Union

import pulumi
import pulumi_video_analysis as va

config = pulumi.Config()
service_id = config.require("serviceId")
# The rest of the account's own names; what is not configured is what the emulator has.
ief_service_id = config.get("iefServiceId")
algorithm = config.get("algorithm") or "fire-smoke"
video_group = config.get("videoGroup") or "group-north"
video_sources: list[str] = config.get_object("videoSources") or ["camera-north-1", "camera-north-2"]
video_service = config.get("videoService") or "video-analyze"

# The estimate that ModelArts Edge demands of every task.
estimate = va.SourceUsageEstimateArgs(cpu=0.1, memory=32)

# A media server says where the stream is; results go to a webhook.
entrance = va.ServiceTask(
    "entrance",
    service_id=service_id,
    platform="edge",
    description="hello world",
    input=va.TaskRestfulInputArgs(
        type="restful",
        data=[
            va.TaskRestfulInputDataArgs(
                url="https://media.example.com/streams/entrance",
                headers={"Content-Type": "application/json"},
                certificate_check=False,
                rtsp_path_in_response="/input/url",
            )
        ],
    ),
    output=va.TaskOutputArgs(
        webhook=va.TaskWebhookOutputArgs(
            url="https://hooks.example.com/output",
            headers={"Content-Type": "application/json"},
        )
    ),
    source_usage_estimate=estimate,
)

# An edge camera with its tags; results go to DIS.
parking = va.ServiceTask(
    "parking",
    service_id=service_id,
    platform="edge",
    input=va.TaskEdgeCameraInputArgs(
        type="edgecamera",
        data=[
            va.TaskEdgeCameraInputDataArgs(
                id="hilens-c298",
                camera_type="ipc",
                tag=[{"tag1": "hello1", "tag2": "hello2"}],
            )
        ],
    ),
    output=va.TaskOutputArgs(dis=va.TaskDisOutputArgs(stream_name="dis-test", stream_id="154171")),
    source_usage_estimate=estimate,
)

# A stream that is analysed from 08:00 to 20:00 (UTC+8) every day.
daytime = va.ServiceTask(
    "daytime",
    service_id=service_id,
    platform="edge",
    description="hello world",
    schedule=va.TaskScheduleArgs(
        type=va.TaskScheduleType.DAILY,
        timezone="+08:00",
        execution_mode=va.TaskScheduleExecutionMode.PERIOD,
        periods=[va.SchedulePeriodArgs(begin_at="08:00:00", end_at="20:00:00")],
    ),
    input=va.TaskUrlInputArgs(
        type="url", data=[va.TaskUrlInputDataArgs(url="https://livestream.com/live/stream-test")]
    ),
    output=va.TaskOutputArgs(dis=va.TaskDisOutputArgs(stream_name="dis-test", stream_id="154171")),
    source_usage_estimate=estimate,
)

# Two streams in one resource: ModelArts makes a task of each.
crossing = va.ServiceTask(
    "crossing",
    service_id=service_id,
    platform="edge",
    input=va.TaskUrlInputArgs(
        type="url",
        data=[
            va.TaskUrlInputDataArgs(url=f"rtsp://cameras.example.com/{side}") for side in ("north", "south")
        ],
    ),
    output=va.TaskOutputArgs(dis=va.TaskDisOutputArgs(stream_name="dis-test")),
    source_usage_estimate=estimate,
)

tasks = {"entrance": entrance, "parking": parking, "daytime": daytime, "crossing": crossing}

# Files in OBS, kept running by the start and stop calls that IEF has; needs an IEF service.
if ief_service_id is not None:
    tasks["archive"] = va.ServiceTask(
        "archive",
        service_id=ief_service_id,
        platform="ief",
        desired_state="running",
        wait_for="running",
        input=va.TaskObsInputArgs(
            type="obs", data=[va.TaskObsInputDataArgs(bucket="recordings", path="2026/archive")]
        ),
        output=va.TaskOutputArgs(obs=va.TaskObsOutputArgs(bucket="results", path="faces")),
        config={"image_compression_ratio": 90, "video_sampling_interval": 1},
    )

# Two cameras watched for fire at night from Monday to Friday: one batch, a sub-task each.
night_watch = va.BatchTask(
    "night-watch",
    service_name=algorithm,
    service_version="1.0",
    batch_input=va.BatchInputArgs(
        video_source_group=[
            va.BatchVideoSourceGroupArgs(
                video_source_group_id=video_group,
                video_source_list=[
                    va.BatchVideoSourceArgs(video_source_id=source) for source in video_sources
                ],
            )
        ]
    ),
    schedule=va.BatchScheduleArgs(
        type="weekly",
        timezone="+08:00",
        days_of_week=[1, 2, 3, 4, 5],
        periods=[[va.BatchPeriodArgs(begin_at="20:00:00", end_at="23:59:00")] for _ in range(5)],
    ),
    output=va.BatchOutputArgs(
        webhook=va.BatchWebhookOutputArgs(url="https://hooks.example.com/fire", headers={"X-Site": "north"})
    ),
    config=va.BatchConfigArgs(common={"render_result_sw": 1, "fire_detection_sw": 1, "smoke_detection_sw": 1}),
)

# A recording in OBS.
footage = va.VideoAnalysisJob(
    "footage",
    service_name=video_service,
    service_version="1.0",
    description="description",
    input=va.JobObsInputArgs(
        type="obs", data=[va.JobObsInputDataArgs(bucket="obs-iva", path="input/demo.mp4")]
    ),
    output=va.JobOutputArgs(obs=va.JobObsOutputArgs(bucket="obs-iva", path="output/")),
)


def show(resource: Union[va.ServiceTask, va.BatchTask, va.VideoAnalysisJob]) -> dict[str, Any]:
    return {"taskIds": resource.task_ids, "states": resource.states}


pulumi.export("tasks", {name: show(task) for name, task in tasks.items()})
pulumi.export("batches", {"night-watch": {"batchTaskId": night_watch.batch_task_id, **show(night_watch)}})
pulumi.export("jobs", {"footage": show(footage)})
