/** Names of the generated SDKs, by language. */
import { PLUGIN_PACKAGE } from "../../provider/services/configuration";

/** SDKs that are generated into a project ask for the plugin of their own version. */
const OF_ITS_VERSION = { respectSchemaVersion: true };

export const languages = {
  nodejs: OF_ITS_VERSION,
  python: { ...OF_ITS_VERSION, pyproject: { enabled: true } },
  // Left to the generator, it would follow from the repository of a release.
  go: {
    ...OF_ITS_VERSION,
    importBasePath: "example.com/pulumi-video-analysis/sdk/go/videoanalysis",
    generateResourceContainerTypes: true,
  },
  csharp: { ...OF_ITS_VERSION, namespaces: { [PLUGIN_PACKAGE]: "VideoAnalysis" } },
  java: { basePackage: "com.pulumi", packages: { [PLUGIN_PACKAGE]: "videoanalysis" } },
} as const;
