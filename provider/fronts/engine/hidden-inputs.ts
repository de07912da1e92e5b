/** Inputs beside the arguments: the class sends a default name, and inputs that were checked before say what that check found. */
import type { PropertyMap } from "../../common/json";

/** What hidden inputs say, as check takes it. */
export interface HiddenInputs {
  /** Unknown in a preview where what it is made of is. */
  readonly defaultName?: unknown;
  readonly nameIsDefault?: boolean;
  readonly regionFrom?: unknown;
}

export interface SplitInputs {
  readonly args: PropertyMap;
  readonly hidden: HiddenInputs;
}

/** The arguments, and the hidden inputs under the names that check has for them. */
export function splitInputs(inputs: PropertyMap): SplitInputs {
  const { autoName, nameIsDefault, regionFrom, ...args } = inputs;
  return {
    args,
    hidden: {
      ...(autoName === undefined ? {} : { defaultName: autoName }),
      ...(nameIsDefault === true ? { nameIsDefault } : {}),
      ...(regionFrom === undefined ? {} : { regionFrom }),
    },
  };
}
