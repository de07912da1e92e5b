/** All checks, in the order of the report. */
import type { Check } from "../context/check";
import { authentication } from "./authentication";
import { clock } from "./clock";
import { credentials } from "./credentials";
import { endpoint } from "./endpoints";
import { node } from "./node";
import { packageCheck } from "./package";
import { plugin } from "./plugin";
import { program } from "./program";
import { project } from "./project";
import { providerProcess } from "./provider-process";
import { pulumiCli } from "./pulumi-cli";
import { region } from "./region";
import { sdk } from "./sdk";
import { service } from "./services";
import { settings } from "./settings";
import { stack } from "./stack";

/** Services that the options name. */
export interface NamedServices {
  readonly modelarts: readonly string[];
  readonly iva: readonly string[];
}

export function checksFor({ modelarts, iva }: NamedServices): readonly Check[] {
  return [
    node,
    program,
    packageCheck,
    sdk,
    pulumiCli,
    providerProcess,
    plugin,
    stack,
    settings,
    region,
    credentials,
    endpoint("iam"),
    endpoint("modelarts"),
    endpoint("vias"),
    endpoint("iva"),
    clock,
    authentication,
    project,
    service("modelarts", modelarts),
    service("vias", []),
    service("iva", iva),
  ];
}
