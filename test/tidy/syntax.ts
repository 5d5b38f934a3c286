/** A node of the syntax tree in ESTree's terms; `parent` is added by `nodesOf`. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly parent?: Node;
  readonly [key: string]: unknown;
}

/** Every node of a tree, parents before children. */
export function nodesOf(program: unknown): readonly Node[] {
  const nodes: Node[] = [];
  collect(program, undefined, nodes);
  return nodes;
}

function collect(value: unknown, parent: Node | undefined, nodes: Node[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, parent, nodes);
    return;
  }
  if (!isNode(value)) return;
  const children = Object.values(value);
  const node = Object.assign(value, { parent });
  nodes.push(node);
  for (const child of children) collect(child, node, nodes);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

/** `Date.now` for the member expression `Date.now`, `console` for the identifier; undefined for anything computed. */
export function dottedName(node: Node | undefined): string | undefined {
  if (node?.type === "Identifier") return node.name as string;
  if (node?.type !== "MemberExpression" || node.computed === true) return undefined;
  const owner = dottedName(node.object as Node);
  return owner === undefined ? undefined : `${owner}.${(node.property as Node).name}`;
}

export function isFunction(node: Node): boolean {
  return ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"].includes(node.type);
}
