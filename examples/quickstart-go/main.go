// All three resources: tasks of ModelArts Edge and IEF, a batch of VIAS and a job of the Video Analysis Service.
package main

import (
	va "example.com/pulumi-video-analysis/sdk/go/videoanalysis"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		settings := config.New(ctx, "")
		declared := edgeTasks(settings.Require("serviceId"))
		if ief := settings.Get("iefServiceId"); ief != "" {
			declared["archive"] = archive(ief)
		}
		tasks := pulumi.Map{}
		for name, args := range declared {
			task, err := va.NewServiceTask(ctx, name, args)
			if err != nil {
				return err
			}
			tasks[name] = pulumi.Map{"taskIds": task.TaskIds, "states": task.States}
		}
		batch, err := va.NewBatchTask(ctx, "night-watch", nightWatch(settings))
		if err != nil {
			return err
		}
		job, err := va.NewVideoAnalysisJob(ctx, "footage", footage(settings))
		if err != nil {
			return err
		}
		ctx.Export("tasks", tasks)
		ctx.Export("batches", pulumi.Map{"night-watch": pulumi.Map{
			"batchTaskId": batch.BatchTaskId, "taskIds": batch.TaskIds, "states": batch.States,
		}})
		ctx.Export("jobs", pulumi.Map{"footage": pulumi.Map{"taskIds": job.TaskIds, "states": job.States}})
		return nil
	})
}

func edgeTasks(serviceID string) map[string]*va.ServiceTaskArgs {
	asJSON := pulumi.StringMap{"Content-Type": pulumi.String("application/json")}
	dis := va.TaskOutputArgs{Dis: va.TaskDisOutputArgs{
		StreamName: pulumi.String("dis-test"), StreamId: pulumi.String("154171"),
	}}
	tasks := map[string]*va.ServiceTaskArgs{
		// A media server says where the stream is; results go to a webhook.
		"entrance": {
			Description: pulumi.String("hello world"),
			Input: va.TaskRestfulInputArgs{
				Type: pulumi.String("restful"),
				Data: va.TaskRestfulInputDataArray{va.TaskRestfulInputDataArgs{
					Url:                pulumi.String("https://media.example.com/streams/entrance"),
					Headers:            asJSON,
					CertificateCheck:   pulumi.Bool(false),
					RtspPathInResponse: pulumi.String("/input/url"),
				}},
			},
			Output: va.TaskOutputArgs{Webhook: va.TaskWebhookOutputArgs{
				Url: pulumi.String("https://hooks.example.com/output"), Headers: asJSON,
			}},
		},
		// An edge camera with its tags; results go to DIS.
		"parking": {
			Input: va.TaskEdgeCameraInputArgs{
				Type: pulumi.String("edgecamera"),
				Data: va.TaskEdgeCameraInputDataArray{va.TaskEdgeCameraInputDataArgs{
					Id:         pulumi.String("hilens-c298"),
					CameraType: pulumi.String("ipc"),
					Tag: pulumi.StringMapArray{pulumi.StringMap{
						"tag1": pulumi.String("hello1"), "tag2": pulumi.String("hello2"),
					}},
				}},
			},
			Output: dis,
		},
		// A stream that is analysed from 08:00 to 20:00 (UTC+8) every day.
		"daytime": {
			Description: pulumi.String("hello world"),
			Schedule: va.TaskScheduleArgs{
				Type:          pulumi.String("daily"),
				Timezone:      pulumi.String("+08:00"),
				ExecutionMode: pulumi.String("period"),
				Periods: va.SchedulePeriodArray{va.SchedulePeriodArgs{
					BeginAt: pulumi.String("08:00:00"), EndAt: pulumi.String("20:00:00"),
				}},
			},
			Input:  streams("https://livestream.com/live/stream-test"),
			Output: dis,
		},
		// Two streams in one resource: ModelArts makes a task of each.
		"crossing": {
			Input: streams("rtsp://cameras.example.com/north", "rtsp://cameras.example.com/south"),
			Output: va.TaskOutputArgs{Dis: va.TaskDisOutputArgs{
				StreamName: pulumi.String("dis-test"),
			}},
		},
	}
	for _, task := range tasks {
		task.ServiceId = pulumi.String(serviceID)
		task.Platform = va.PlatformEdge
		// ModelArts Edge demands an estimate of every task.
		task.SourceUsageEstimate = va.SourceUsageEstimateArgs{Cpu: pulumi.Float64(0.1), Memory: pulumi.Int(32)}
	}
	return tasks
}

func streams(urls ...string) va.TaskUrlInputArgs {
	data := va.TaskUrlInputDataArray{}
	for _, url := range urls {
		data = append(data, va.TaskUrlInputDataArgs{Url: pulumi.String(url)})
	}
	return va.TaskUrlInputArgs{Type: pulumi.String("url"), Data: data}
}

// Files in OBS, kept running by the start and stop calls that IEF has; needs an IEF service.
func archive(serviceID string) *va.ServiceTaskArgs {
	return &va.ServiceTaskArgs{
		ServiceId:    pulumi.String(serviceID),
		Platform:     va.PlatformIef,
		DesiredState: va.DesiredStateRunning,
		WaitFor:      va.WaitForRunning,
		Input: va.TaskObsInputArgs{
			Type: pulumi.String("obs"),
			Data: va.TaskObsInputDataArray{va.TaskObsInputDataArgs{
				Bucket: pulumi.String("recordings"), Path: pulumi.String("2026/archive"),
			}},
		},
		Output: va.TaskOutputArgs{Obs: va.TaskObsOutputArgs{
			Bucket: pulumi.String("results"), Path: pulumi.String("faces"),
		}},
		Config: pulumi.Map{"image_compression_ratio": pulumi.Int(90), "video_sampling_interval": pulumi.Int(1)},
	}
}

// Two cameras watched for fire at night from Monday to Friday: one batch, a sub-task each.
func nightWatch(settings *config.Config) *va.BatchTaskArgs {
	cameras := []string{"camera-north-1", "camera-north-2"}
	// Those of the emulator where none are configured.
	if settings.Get("videoSources") != "" {
		cameras = nil
		settings.RequireObject("videoSources", &cameras)
	}
	sources := va.BatchVideoSourceArray{}
	for _, camera := range cameras {
		sources = append(sources, va.BatchVideoSourceArgs{VideoSourceId: pulumi.String(camera)})
	}
	days, periods := pulumi.IntArray{}, va.BatchPeriodArrayArray{}
	for day := 1; day <= 5; day++ {
		days = append(days, pulumi.Int(day))
		periods = append(periods, va.BatchPeriodArray{va.BatchPeriodArgs{
			BeginAt: pulumi.String("20:00:00"), EndAt: pulumi.String("23:59:00"),
		}})
	}
	return &va.BatchTaskArgs{
		ServiceName:    pulumi.String(or(settings.Get("algorithm"), "fire-smoke")),
		ServiceVersion: pulumi.String("1.0"),
		BatchInput: va.BatchInputArgs{VideoSourceGroup: va.BatchVideoSourceGroupArray{
			va.BatchVideoSourceGroupArgs{
				VideoSourceGroupId: pulumi.String(or(settings.Get("videoGroup"), "group-north")),
				VideoSourceList:    sources,
			},
		}},
		Schedule: va.BatchScheduleArgs{
			Type: pulumi.String("weekly"), Timezone: pulumi.String("+08:00"), DaysOfWeek: days, Periods: periods,
		},
		Output: va.BatchOutputArgs{Webhook: va.BatchWebhookOutputArgs{
			Url:     pulumi.String("https://hooks.example.com/fire"),
			Headers: pulumi.StringMap{"X-Site": pulumi.String("north")},
		}},
		Config: va.BatchConfigArgs{Common: pulumi.Map{
			"render_result_sw": pulumi.Int(1), "fire_detection_sw": pulumi.Int(1), "smoke_detection_sw": pulumi.Int(1),
		}},
	}
}

// A recording in OBS.
func footage(settings *config.Config) *va.VideoAnalysisJobArgs {
	return &va.VideoAnalysisJobArgs{
		ServiceName:    pulumi.String(or(settings.Get("videoService"), "video-analyze")),
		ServiceVersion: pulumi.String("1.0"),
		Description:    pulumi.String("description"),
		Input: va.JobObsInputArgs{
			Type: pulumi.String("obs"),
			Data: va.JobObsInputDataArray{va.JobObsInputDataArgs{
				Bucket: pulumi.String("obs-iva"), Path: pulumi.String("input/demo.mp4"),
			}},
		},
		Output: va.JobOutputArgs{Obs: va.JobObsOutputArgs{
			Bucket: pulumi.String("obs-iva"), Path: pulumi.String("output/"),
		}},
	}
}

// What is not configured is what the emulator has.
func or(given, fallback string) string {
	if given == "" {
		return fallback
	}
	return given
}
