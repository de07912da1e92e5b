/** Who may import whom. `npm run lint` runs these rules; docs/architecture.md draws those of provider/. */

/** The parts of provider/, folders and single files, with the others that each may import. */
const PROVIDER = {
  common: [],
  schemas: ["common"],
  lifecycle: ["common", "schemas"],
  auth: ["common"],
  http: ["auth", "common"],
  api: ["http", "auth", "common"],
  resources: ["lifecycle", "api", "schemas", "common"],
  pulumi: ["lifecycle", "auth", "common"],
  catalog: ["resources", "schemas"],
  connect: ["api", "auth", "common", "http", "lifecycle"],
  composition: ["check-context", "connect", "api", "auth", "common", "lifecycle", "pulumi", "resources"],
  lookups: ["composition", "connect", "api", "auth", "common", "lifecycle", "pulumi", "resources", "schemas"],
  "check-context": ["auth", "common", "pulumi"],
  diagnosis: ["api", "auth", "common", "http"],
  runtime: ["composition", "pulumi", "resources"],
};

const OWN = "^(?:sdk|provider|cli|testkit|test|scripts|tools|bench)/";
const PUBLISHED = "^(?:sdk|provider|cli|testkit)/";
const COMMAND_OPTIONS = "^cli/\\w+/options\\.ts$";

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
    forbid(
      "a part of provider/ has a line in this table",
      { path: "^provider/", pathNot: parts(...Object.keys(PROVIDER)) },
      {},
    ),
    forbid(
      "provider/pulumi takes only the configuration from auth",
      { path: parts("pulumi") },
      { path: parts("auth"), pathNot: "^provider/auth/configuration\\.ts$" },
    ),
    forbid("the runtime loads everything with the first hook", { path: parts("runtime") }, eager()),

    forbid(
      "zod is known where shapes are read",
      {
        path: "^provider/",
        pathNot: parts("schemas", "lifecycle", "resources", "lookups", "api", "auth", "http", "catalog"),
      },
      { path: packages("zod") },
    ),
    forbid(
      "undici is known to http only",
      { path: "^provider/", pathNot: parts("http") },
      { path: packages("undici") },
    ),
    forbid("provider/ does not know the SDK", { path: "^provider/" }, { path: packages("@pulumi") }),
    forbid(
      "YAML is known only where clouds.yaml is read",
      { path: "^provider/", pathNot: "^provider/auth/clouds-yaml\\.ts$" },
      { path: packages("yaml") },
    ),
    forbid(
      "provider/ loads YAML when it is needed",
      { path: "^provider/" },
      { path: packages("yaml"), ...eager() },
    ),

    forbid(
      "sdk/ loads its own files, its version, the SDK and Node's modules; types of provider/ and the lazy rest cost nothing",
      { path: "^sdk/" },
      { pathNot: ["^sdk/", "^package\\.json$", packages("@pulumi/pulumi")], ...eager("core") },
    ),

    forbid(
      "cli/ stands on the core, composition, diagnosis and lookups",
      { path: "^cli/" },
      {
        path: "^provider/",
        pathNot: parts(
          "common",
          "lifecycle",
          "resources",
          "pulumi",
          "auth",
          "composition",
          "diagnosis",
          "lookups",
        ),
      },
    ),
    forbid("cli/ does not know sdk/", { path: "^cli/" }, { path: "^sdk/" }),
    forbid(
      "before a command is chosen only its options are loaded",
      { path: ["^cli/(?:main|program)\\.ts$", COMMAND_OPTIONS] },
      {
        pathNot: [
          packages("commander"),
          "^cli/(?:program|package-info|help)\\.ts$",
          "^provider/common/(?:errors|printable)\\.ts$",
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
      { path: "^(?:tools|bench|test|scripts)/" },
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
      "the testkit and the engine do not know what they test",
      { path: "^(?:testkit|tools)/", pathNot: "^testkit/mocks/" },
      { path: "^(?:provider|sdk|cli)/" },
    ),
    // From sdk/ they take nothing: a test gives them the program's own classes.
    forbid(
      "the mocks run what works offline",
      { path: "^testkit/mocks/" },
      {
        path: "^(?:provider|sdk|cli)/",
        pathNot: parts("auth", "check-context", "common", "lifecycle", "pulumi", "resources"),
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
