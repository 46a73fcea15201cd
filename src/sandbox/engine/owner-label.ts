/** By which the containers of one owner are found. */
export const ownerLabel = (owner: string): string => `firstdraft.owner=${owner}`;
