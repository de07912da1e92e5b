/** A program that looks up: what the stack's configuration finds, what an explicit provider finds, and its own task. */
const pulumi = require("@pulumi/pulumi");
const va = require("pulumi-video-analysis");

function providerOf(config) {
  const args = config.getSecretObject("provider");
  if (args === undefined) return undefined;
  return new va.Provider("other", {
    region: config.require("region"),
    projectId: config.require("projectId"),
    token: args.apply(({ token }) => token),
    endpoints: args.apply(({ endpoints }) => endpoints),
  });
}

module.exports = async () => {
  const config = new pulumi.Config("scenario");
  const serviceId = config.require("serviceId");
  const missing = config.get("missing");
  if (missing !== undefined) await va.getServiceTask({ id: missing });

  const options = { provider: providerOf(config) };
  const own = new va.ServiceTask(
    "own",
    {
      serviceId,
      platform: "edge",
      input: { type: "url", data: [{ url: "rtsp://cameras.example.com/own" }] },
      output: { dis: { streamName: "results" } },
      sourceUsageEstimate: { cpu: 0.1, memory: 32 },
    },
    options,
  );

  const names = [];
  for await (const { name } of va.listServiceTasks({ serviceId, nameLike: "hand", pageSize: 1 }, options)) {
    names.push(name);
  }
  return {
    names,
    byOutput: va
      .listServiceTasksOutput({ serviceId, nameLike: "hand" }, options)
      .apply((tasks) => tasks.map(({ name }) => name)),
    secretTask: va
      .listServiceTasksOutput({ serviceId, nameLike: "secret" }, options)
      .apply(([task]) => task.input.data[0].url),
    /** Not known before the task exists. */
    ownState: va.getServiceTaskOutput({ id: own.id }, options).state,
  };
};
