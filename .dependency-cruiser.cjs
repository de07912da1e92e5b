/** Who may import whom. `npm run lint` runs these rules; docs/architecture.md draws those of provider/. */

/** The rooms of provider/, folders and single files, with the others that each may import. */
const PROVIDER = {
  common: [],
  core: ["common"],
  "services/shapes": ["core"],
  "services/paging": ["core", "common"],
  "services/configuration": [],
  "services/resource-names": [],
  "services/auth": ["services/configuration", "common"],
  "services/http": ["services/auth", "common"],
  "services/api": ["services/http", "services/auth", "common"],
  "services/configured": ["services/auth", "services/configuration"],
  "services/check-context": ["services/auth", "core", "common"],
  "services/connect": ["services/api", "services/http", "services/auth", "core", "common"],
  "services/resource": ["services/api", "services/auth", "core", "common"],
  "services/shared": ["services/api", "services/paging", "core", "common"],
  ...Object.fromEntries(
    ["service-task", "batch-task", "video-analysis-job"].map((resource) => [
      `services/${resource}`,
      ["resource", "shared", "api", "paging", "shapes"]
        .map((room) => `services/${room}`)
        .concat("core", "common"),
    ]),
  ),
  ...Object.fromEntries(
    ["index", "load-resource"].map((registry) => [
      `services/${registry}`,
      ["resource-names", "resource", "service-task", "batch-task", "video-analysis-job"].map(
        (room) => `services/${room}`,
      ),
    ]),
  ),
  "services/catalog": ["services/index", "services/resource", "core"],
  "services/runtime": [
    ...["resource", "connect", "configured", "configuration", "check-context", "api", "http", "auth"].map(
      (room) => `services/${room}`,
    ),
    "core",
    "common",
  ],
  "services/diagnostics": ["services/api", "services/http", "services/auth", "common"],
  "services/lookups": ["services", "core", "common"],
  "fronts/engine": ["core", "common"],
  "fronts/dynamic": [
    "fronts/engine",
    ...["load-resource", "resource-names", "runtime", "configured", "check-context"].map(
      (room) => `services/${room}`,
    ),
    "core",
    "common",
  ],
  "fronts/plugin": [
    "fronts/engine",
    ...[
      "index",
      "resource",
      "resource-names",
      "runtime",
      "configured",
      "configuration",
      "auth",
      "lookups",
    ].map((room) => `services/${room}`),
    "core",
    "common",
  ],
  runtime: ["fronts/dynamic", "services/resource-names"],
  schemas: ["services/catalog", "core"],
};

/** The rooms of provider/core: each may import those above it, the verbs all of them. */
const CORE = {
  contract: [],
  schema: ["contract"],
  state: ["schema", "contract"],
  ownership: ["state", "contract"],
  operation: ["ownership", "contract"],
  drift: ["operation", "state", "schema", "contract"],
  reconcile: ["drift", "operation", "ownership", "state", "schema", "contract"],
  operations: ["reconcile", "drift", "operation", "ownership", "state", "schema", "contract"],
};

const OWN = "^(?:sdk|provider|cli|testkit|test|tools)/";
const PUBLISHED = "^(?:sdk|provider|cli|testkit)/";
const COMMAND_OPTIONS = "^cli/(?:commands/\\w+|stack|output)/options\\.ts$";

const parts = (...names) => `^provider/(?:${names.join("|")})(?:/|\\.ts$)`;
const packages = (...names) => `^node_modules/(?:${names.join("|")})/`;

/** Loaded with the file itself, not erased by the compiler and not by a call. */
const eager = (...except) => ({
  dependencyTypes: ["import", "export", "import-equals"],
  dependencyTypesNot: ["type-only", ...except],
});

const forbid = (name, from, to) => ({ name, severity: "error", from, to });

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    forbid("every import is found", {}, { couldNotResolve: true }),

    ...Object.entries(PROVIDER).map(([part, others]) =>
      forbid(
        `provider/${part} imports only ${["itself", ...others].join(", ")}`,
        { path: parts(part) },
        { path: OWN, pathNot: parts(part, ...others) },
      ),
    ),
    ...Object.entries(CORE).map(([room, others]) =>
      forbid(
        `provider/core/${room} imports of the core only ${["itself", ...others].join(", ")}`,
        { path: parts(`core/${room}`) },
        { path: parts("core"), pathNot: parts(...[room, ...others].map((name) => `core/${name}`)) },
      ),
    ),
    forbid(
      "a part of provider/ has a line in this table",
      { path: "^provider/", pathNot: parts(...Object.keys(PROVIDER)) },
      {},
    ),
    forbid(
      "no front imports another",
      { path: "^provider/fronts/([^/]+)/" },
      { path: "^provider/fronts/", pathNot: ["^provider/fronts/$1/", parts("fronts/engine")] },
    ),
    forbid("the runtime loads everything with the first hook", { path: parts("runtime") }, eager()),

    forbid(
      "zod is known where shapes are read",
      {
        path: "^provider/",
        pathNot: parts("core", "services"),
      },
      { path: packages("zod") },
    ),
    forbid(
      "undici is known to http only",
      { path: "^provider/", pathNot: parts("services/http") },
      { path: packages("undici") },
    ),
    forbid(
      "provider/ does not know the SDK, and its protocol only where the plugin serves it",
      { path: "^provider/", pathNot: "^provider/fronts/plugin/grpc/" },
      { path: packages("@pulumi", "@grpc", "google-protobuf") },
    ),
    forbid(
      "of the SDK the plugin takes the messages of its protocol",
      { path: "^provider/" },
      { path: packages("@pulumi"), pathNot: "^node_modules/@pulumi/pulumi/proto/" },
    ),
    forbid(
      "YAML is known only where clouds.yaml is read",
      { path: "^provider/", pathNot: "^provider/services/auth/clouds-yaml\\.ts$" },
      { path: packages("yaml") },
    ),
    forbid(
      "provider/ loads YAML when it is needed",
      { path: "^provider/" },
      { path: packages("yaml"), ...eager() },
    ),

    forbid(
      "sdk/ loads its own files, its version, the configuration keys, the SDK and Node's modules; types and the lazy rest cost nothing",
      { path: "^sdk/" },
      {
        pathNot: ["^sdk/", parts("services/configuration"), "^package\\.json$", packages("@pulumi/pulumi")],
        ...eager("core"),
      },
    ),

    forbid(
      "cli/ sends no request of its own",
      { path: "^cli/" },
      { path: parts("services/http", "services/api", "services/paging") },
    ),
    forbid(
      "commands stand on stack/ and output/, these on common/",
      { path: "^cli/(common|output|stack)/" },
      { path: "^cli/", pathNot: ["^cli/common/", "^cli/$1/"] },
    ),
    forbid(
      "a command does not know another",
      { path: "^cli/commands/([^/]+)/" },
      { path: "^cli/commands/", pathNot: "^cli/commands/$1/" },
    ),
    forbid(
      "a folder of cli/ does not know the one that it stands in",
      { path: "^(cli/.+)/[^/]+/[^/]+\\.ts$" },
      { path: "^$1/[^/]+\\.ts$" },
    ),
    forbid("no circles of files in cli/", { path: "^cli/" }, { circular: true }),
    {
      ...forbid("no circles of folders in cli/", { path: "^cli(?:/|$)" }, { circular: true }),
      scope: "folder",
    },
    forbid("cli/ does not know sdk/", { path: "^cli/" }, { path: "^sdk/" }),
    forbid(
      "before a command is chosen only its options are loaded",
      { path: ["^cli/(?:main|program)\\.ts$", COMMAND_OPTIONS] },
      {
        pathNot: [
          packages("commander"),
          "^cli/(?:program|common/(?:package-info|help-notes))\\.ts$",
          "^provider/common/(?:errors|printable)\\.ts$",
          "^provider/services/resource-names\\.ts$",
          COMMAND_OPTIONS,
        ],
        ...eager("core"),
      },
    ),
    forbid(
      "cli/ loads the SDK and YAML when they are needed",
      { path: "^cli/" },
      { path: packages("@pulumi", "yaml"), ...eager() },
    ),
    forbid(
      "commander is known to cli/ only",
      { path: OWN, pathNot: "^(?:cli|test)/" },
      { path: packages("commander") },
    ),

    forbid(
      "the package does not know what stands beside it",
      { path: PUBLISHED },
      { path: "^(?:tools|test)/" },
    ),
    forbid(
      "nothing else of the package knows cli/",
      { path: PUBLISHED, pathNot: "^cli/" },
      { path: "^cli/" },
    ),
    forbid(
      "sdk/ and provider/ do not know the testkit",
      { path: "^(?:sdk|provider)/" },
      { path: "^testkit/" },
    ),
    forbid("cli/ loads the testkit when it is needed", { path: "^cli/" }, { path: "^testkit/", ...eager() }),
    forbid("nothing imports tests", { path: OWN, pathNot: "^test/" }, { path: "^test/" }),

    forbid(
      "the emulator and the engine do not know what they test",
      { path: "^(?:testkit/emulator|tools/engine)/" },
      { path: "^(?:provider|sdk|cli)/" },
    ),
    // From sdk/ they take nothing: a test gives them the program's own classes.
    forbid(
      "the mocks run what works offline",
      { path: "^testkit/mocks/" },
      {
        path: "^(?:provider|sdk|cli)/",
        pathNot: parts(
          "common",
          "core",
          "fronts",
          ...["auth", "check-context", "configuration", "configured", "index", "resource"].map(
            (room) => `services/${room}`,
          ),
        ),
      },
    ),
    forbid(
      "the emulator imports its own files and Node's modules",
      { path: "^testkit/emulator/" },
      { pathNot: "^testkit/emulator/", dependencyTypesNot: ["core"] },
    ),
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "(?:^|/)node_modules/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "require", "node", "default"],
    },
  },
};
