/** Waits for all of them even if one throws: none may still use a folder afterwards. */
export async function allSettled<T>(work: readonly (T | Promise<T>)[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
