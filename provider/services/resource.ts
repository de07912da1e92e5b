/** The service side of a resource: the service that has its tasks, the gateway to them, and its page. */
import type { z } from "zod";
import type { Clock } from "../common/clock";
import type { PropertyMap } from "../common/json";
import type { ResourceDefinition, Target, TaskGateway } from "../core/contract";
import type { TasksClientOptions } from "./api/tasks-client";
import type { Service } from "./auth/endpoints";
import type { Settings } from "./auth/settings";

/** Objects that the gateways of a runtime share, such as lists of tasks. */
export class SharedObjects {
  readonly #objects = new Map<string, unknown>();

  /** @param key of this object alone */
  getOrCreate<T>(key: string, make: () => T): T {
    const known = (this.#objects.get(key) as T | undefined) ?? make();
    this.#objects.set(key, known);
    return known;
  }
}

export interface GatewayOptions {
  /** Where the service is, and as whom to call. */
  readonly client: TasksClientOptions;
  /** The resource that the gateway is opened for. */
  readonly target: Target;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly shared: SharedObjects;
}

/** A resource as a program declares it, printed in every language on pages and in hover texts. */
export interface ResourceExample {
  readonly name: string;
  /** Names of services, groups and cameras are those that the emulator starts with. */
  readonly args: PropertyMap;
}

export interface Resource {
  readonly definition: ResourceDefinition;
  /** Outputs beside the arguments. */
  readonly outputs: z.ZodObject;
  readonly service: Service;
  /** Its tasks are parts of one object of the service. */
  readonly isGroup?: true;
  /** Updatable arguments whose change replaces where the resource has several inputs. */
  readonly updatableAlone?: readonly string[];
  /** Updatable arguments whose change replaces in some cases, with the text of the reference page. */
  readonly conditionalUpdates?: Readonly<Record<string, string>>;
  /** For the reference page: in a sentence or two, the object, its id, and the consequences of a change. */
  readonly introduction: string;
  readonly example: ResourceExample;
  /** Title and address of the documents that the arguments come from. */
  readonly documents: readonly (readonly [title: string, url: string])[];
  openGateway(options: GatewayOptions): TaskGateway;
}
