import { failed, type Problem, type Result } from "#kernel";
import { type Clause, type Kind, kindsOfSort, kindsWithin, type Query } from "#record";

/**
 * The search as somebody may make it who may not search every kind. Of alternatives, those that look into a forbidden kind
 * are left out, as what may not be seen is not found; where nothing is left, or there is no alternative, the search itself
 * is forbidden. So no answer depends on a document that the asker may not search for.
 */
export function narrowedQuery(
  query: Query,
  maySearch: (kind: Kind) => boolean,
  forbidden: (kind: Kind) => Problem,
): Result<Query> {
  const unsortable = kindsOfSort(query.sort).find((kind) => !maySearch(kind));
  if (unsortable !== undefined) return failed(forbidden(unsortable));
  if ([...kindsWithin(query.all)].every(maySearch)) return { ok: true, value: query };
  const all: Clause[] = [];
  for (const clause of query.all) {
    const narrowed = narrowedClause(clause, maySearch);
    if (narrowed.is === "forbidden") return failed(forbidden(narrowed.kind));
    all.push(narrowed);
  }
  return { ok: true, value: { ...query, all } };
}

type Narrowed = Clause | { readonly is: "forbidden"; readonly kind: Kind };

function narrowedClause(clause: Clause, maySearch: (kind: Kind) => boolean): Narrowed {
  switch (clause.is) {
    case "refers":
    case "referred": {
      const kind = clause.is === "refers" ? clause.to : clause.from;
      if (!maySearch(kind)) return { is: "forbidden", kind };
      const inner = narrowedClause({ is: "all", of: clause.all }, maySearch);
      return inner.is === "all" ? { ...clause, all: inner.of } : inner;
    }
    case "lineage":
      return maySearch(clause.to) ? clause : { is: "forbidden", kind: clause.to };
    case "all": {
      const of = clause.of.map((part) => narrowedClause(part, maySearch));
      return of.find(isForbidden) ?? { is: "all", of: of.filter(isAllowed) };
    }
    case "any": {
      const of = clause.of.map((part) => narrowedClause(part, maySearch));
      const allowed = of.filter(isAllowed);
      return (allowed.length === 0 ? of.find(isForbidden) : undefined) ?? { is: "any", of: allowed };
    }
    case "not": {
      const of = narrowedClause(clause.of, maySearch);
      return isAllowed(of) ? { is: "not", of } : of;
    }
    default:
      return clause;
  }
}

function isAllowed(narrowed: Narrowed): narrowed is Clause {
  return narrowed.is !== "forbidden";
}

function isForbidden(narrowed: Narrowed): narrowed is Narrowed & { readonly is: "forbidden" } {
  return !isAllowed(narrowed);
}
