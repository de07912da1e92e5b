/** A part of the contract: its file runs it over dynamic resources, and others may run it over another front. */
type Body = (this: Mocha.Suite) => void;

let isLoading = false;

/** @returns what registers the tests once more */
export function contract(title: string, body: Body): () => void {
  const register = (): void => {
    describe(`contract: ${title}`, body);
  };
  if (!isLoading) register();
  return register;
}

/** Loads a file of the contract for its part, without running it. */
export function partOf(load: () => unknown): () => void {
  isLoading = true;
  try {
    return (load() as { readonly part: () => void }).part;
  } finally {
    isLoading = false;
  }
}
