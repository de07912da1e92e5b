/* Hooks of a resource without a service: what they are asked is the engine's doing alone. */
const { randomUUID } = require("node:crypto");

const REPLACING = ["kind"];

exports.Plain = {
  configure: async () => undefined,
  check: async (_olds, news) => ({ inputs: news, failures: [] }),
  diff: async (_id, olds, news) => ({
    replaces: REPLACING.filter((key) => olds[key] !== news[key]),
    deleteBeforeReplace: news.deletesFirst === true,
  }),
  create: async (inputs) => {
    if (inputs.failsToCreate === true) throw new Error("the creation fails");
    return { id: randomUUID(), outs: { ...inputs, serial: randomUUID() } };
  },
  read: async (id, props) => ({ id, props, inputs: inputsOf(props) }),
  update: async (_id, olds, news) => ({ outs: { ...news, serial: olds.serial } }),
  delete: async () => undefined,
};

const inputsOf = (props) => Object.fromEntries(Object.entries(props).filter(([key]) => key !== "serial"));
