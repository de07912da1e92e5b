/** The value of an output in a test. */
import type * as pulumi from "@pulumi/pulumi";

/** A member that the SDK's own tests use, too; its declarations leave it out. */
interface Promising<T> {
  promise(): Promise<T>;
}

/**
 * The value of an output, for tests. Rejects where its resource was refused or failed; undefined where a preview
 * does not know it yet.
 */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as Promising<T>).promise();
}
