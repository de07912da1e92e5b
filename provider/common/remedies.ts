/** Ways out of a failure, as codes: the front that reports the failure has their sentences, in the words of its users. */

/** What `adopt` may be given. */
interface Adoptable {
  readonly adopt: readonly string[];
}

/** Who has the name that a resource wants. */
export type NameHolder = "own" | "recorded" | "stranger";

/** The reason that forbids something, and the way out. */
export interface Refusal {
  readonly problem: string;
  readonly remedy: readonly Remedy[];
}

export type Remedy =
  | { readonly code: "adopt-each-alone" }
  | ({ readonly code: "adopt-one-delete-rest" } & Adoptable)
  | ({ readonly code: "adopt-or-rename" } & Adoptable)
  | { readonly code: "change-triggers" }
  | { readonly code: "check-place" }
  | { readonly code: "choose-name" }
  | { readonly code: "correct-adopt" }
  | { readonly code: "correct-and-rerun" }
  | { readonly code: "delete-before-replace"; readonly oldTaskIds: readonly string[] }
  | { readonly code: "give-own-task" }
  | { readonly code: "match-adopted" }
  | { readonly code: "match-id" }
  | { readonly code: "recreate"; readonly deletedTaskIds: readonly string[] }
  | { readonly code: "refresh" }
  | { readonly code: "remove-adopt" }
  | { readonly code: "remove-either" }
  | { readonly code: "rename-one" }
  | { readonly code: "replace-holder"; readonly holder: NameHolder }
  | ({ readonly code: "resume-or-rename" } & Adoptable)
  | { readonly code: "run-again" }
  | { readonly code: "set-region" }
  | ({ readonly code: "trust-or-rename" } & Adoptable)
  | { readonly code: "upgrade-package" };
