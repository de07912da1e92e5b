/**
 * The program of all scenarios: it declares what the configuration value `scenario:program` describes
 * (`Program` in ../program.ts), or the variable SCENARIO_PROGRAM. Anywhere in arguments
 * `{ "$output": "cam", "path": "taskId" }` stands for an output of another task and `{ "$secret": … }` for a secret.
 */
import process from "node:process";
import * as pulumi from "@pulumi/pulumi";
import * as va from "pulumi-video-analysis";

// Not through `pulumi.Config`: the value is a secret, so that the state never holds it in plain text.
const program = JSON.parse(
  process.env.SCENARIO_PROGRAM ?? pulumi.runtime.getConfig("scenario:program") ?? "{}",
);

class Site extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("scenario:index:Site", name, {}, opts);
    this.registerOutputs({});
  }
}

/** A dynamic resource whose hooks call no service; see plain.cjs. */
class Plain extends pulumi.CustomResource {
  constructor(name, args, opts) {
    const text = 'exports.handler=()=>require("./plain.cjs").Plain';
    super(
      "pulumi-nodejs:dynamic/scenario:Plain",
      name,
      { serial: undefined, name, ...args, __provider: text },
      opts,
    );
  }
}

const sites = {};
for (const [name, options] of Object.entries(program.sites ?? {})) sites[name] = new Site(name, options);

const providers = {};
for (const [name, args] of Object.entries(program.providers ?? {})) {
  providers[name] = new va.Provider(name, args, program.providerOptions?.[name]);
}

const tasks = {};

function resolve(value) {
  if (Array.isArray(value)) return value.map(resolve);
  if (typeof value !== "object" || value === null) return value;
  if ("$secret" in value) return pulumi.secret(resolve(value.$secret));
  if ("$output" in value) return tasks[value.$output][value.path];
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item)]));
}

function optionsOf({ parent, provider, dependsOn, deletedWith, replaceWith, ...others } = {}) {
  return {
    ...others,
    ...(parent === undefined ? {} : { parent: sites[parent] }),
    ...(provider === undefined ? {} : { provider: providers[provider] }),
    ...(deletedWith === undefined ? {} : { deletedWith: tasks[deletedWith] }),
    ...(replaceWith === undefined ? {} : { replaceWith: replaceWith.map((name) => tasks[name]) }),
    ...(dependsOn === undefined ? {} : { dependsOn: dependsOn.map((name) => tasks[name]) }),
  };
}

const classOf = ({ type = "ServiceTask" }) => (type === "Plain" ? Plain : va[type]);

for (const [name, declaration] of Object.entries(program.tasks ?? {})) {
  const { args, options } = declaration;
  tasks[name] = new (classOf(declaration))(name, resolve(args), optionsOf(options));
}

for (const [name, lookup] of Object.entries(program.lookups ?? {})) {
  const { id, state, options } = lookup;
  tasks[name] = classOf(lookup).get(name, id, state, optionsOf(options));
}

async function namesOf(filter, options) {
  const names = [];
  for await (const { name } of va.listServiceTasks({ ...filter, pageSize: 1 }, options)) names.push(name);
  return names.sort();
}

const lists = Object.entries(program.lists ?? {}).map(([name, { provider, ...filter }]) => {
  const options = provider === undefined ? {} : { provider: providers[provider] };
  const found = va.listServiceTasksOutput(filter, options);
  const inputs = found.apply((all) => all.map(({ input }) => input));
  return [name, { names: pulumi.output(namesOf(filter, options)), inputs }];
});
const states = (program.states ?? []).map((name) => [
  name,
  va.getServiceTaskOutput({ id: tasks[name].id }).state,
]);
const awaited = program.awaits === undefined ? undefined : va.getServiceTask({ id: program.awaits });

const show = (task) => ({
  taskId: task.taskId,
  taskIds: task.taskIds,
  name: task.name,
  state: task.state,
  description: task.description,
  ...(program.showArguments === true ? { input: task.input, output: task.output } : {}),
});

const shown = Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, show(task)]));

const found = { ...Object.fromEntries(lists), ...Object.fromEntries(states), awaited };

export { found, shown as tasks };
