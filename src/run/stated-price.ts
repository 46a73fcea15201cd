import { priceOf, type StatedPrice } from "../agent/prices.ts";
import type { OperatorConfig, RepositoryConfig } from "../config/types.ts";
import { Problem } from "../log/problem.ts";

/**
 * The price that the operator stated, for a run with `model`. It is that of the operator's own model: where the repository
 * chose another, its list price counts, and there has to be one, for the money is the operator's.
 */
export function statedPrice(
  model: string,
  operator: Pick<OperatorConfig, "model" | "price">,
  repository: Pick<RepositoryConfig, "model">,
): { price?: StatedPrice } {
  const isRepositorys = repository.model === model && operator.model !== model;
  if (!isRepositorys) return operator.price === undefined ? {} : { price: operator.price };
  if (priceOf(model) === null) throw new Problem("model-unpriced", { model });
  return {};
}
