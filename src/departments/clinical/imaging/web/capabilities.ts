import type { Context } from "#access";
import { type HttpReply, type HttpRequest, ok, type Result, type Route } from "#kernel";
import { chooseMedia } from "#standards/dicomweb";
import { acceptOf, servicePath } from "./image-place.ts";

const wadl = "application/vnd.sun.wadl+xml";
const offers = [
  { name: wadl, isMultipart: false },
  { name: "application/json", isMultipart: false },
];

type Described = Pick<Route<Context>, "method" | "path" | "summary">;

/** What this service does, from the very table of its routes. Source: PS3.18 §8.9. */
export function capabilities(routes: readonly Described[]): readonly Route<Context>[] {
  const handle = async (request: HttpRequest): Promise<Result<HttpReply>> => {
    const chosen = chooseMedia(acceptOf(request), offers);
    if (!chosen.ok) return chosen;
    const { name } = chosen.value.offer;
    const body = name === wadl ? wadlText(routes, request.origin) : JSON.stringify(jsonText(routes, request.origin));
    return ok({ status: 200, headers: { "content-type": name }, body });
  };
  const summary = "What this DICOMweb service does";
  return [
    { method: "OPTIONS", path: servicePath, policy: "public", summary, handle },
    { method: "GET", path: `${servicePath}/capabilities`, policy: "public", summary, handle },
  ];
}

function jsonText(routes: readonly Described[], origin: string): object {
  const resources = byPath(routes).map(([path, those]) => ({
    path: path.replaceAll(/:(\w+)/g, "{$1}"),
    methods: those.map(({ method, summary }) => ({ method, summary })),
  }));
  return { base: `${origin}${servicePath}`, resources };
}

function byPath(routes: readonly Described[]): readonly (readonly [string, readonly Described[]])[] {
  const paths = new Map<string, Described[]>();
  for (const route of routes) {
    const path = route.path.slice(servicePath.length + 1);
    paths.set(path, [...(paths.get(path) ?? []), route]);
  }
  return [...paths];
}

/** Source: W3C Web Application Description Language (2009); PS3.18 §H. */
function wadlText(routes: readonly Described[], origin: string): string {
  const resources = byPath(routes).map(([path, those]) => {
    const methods = those.map(({ method, summary }) => `<method name="${method}"><doc title="${summary}"/></method>`);
    const parameters = [...path.matchAll(/:(\w+)/g)].map(
      ([, name]) => `<param name="${name}" style="template" required="true"/>`,
    );
    return `<resource path="${path.replaceAll(/:(\w+)/g, "{$1}")}">${parameters.join("")}${methods.join("")}</resource>`;
  });
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n<application xmlns="http://wadl.dev.java.net/2009/02">';
  return `${head}<resources base="${origin}${servicePath}/">${resources.join("")}</resources></application>`;
}
