import { createElement, Fragment, type ReactNode, useMemo } from "react";
import { type NarrativeNode, narrativeNodes } from "./narrative-nodes.ts";

/** The narrative of a resource, as far as it is fit to be shown. */
export function Narrative({ div }: { readonly div: string }) {
  const nodes = useMemo(() => narrativeNodes(div), [div]);
  return <div className="narrative-content">{shownNodes(nodes)}</div>;
}

function shownNodes(nodes: readonly NarrativeNode[]): readonly ReactNode[] {
  // biome-ignore lint/suspicious/noArrayIndexKey: the text does not change
  return nodes.map((node, index) => <Fragment key={index}>{shownNode(node)}</Fragment>);
}

function shownNode(node: NarrativeNode): ReactNode {
  if (node.is === "text") return node.text;
  const { tag, colSpan, rowSpan, children } = node;
  if (tag === "br" || tag === "hr") return createElement(tag);
  const isCell = tag === "td" || tag === "th";
  return createElement(tag, isCell ? { colSpan, rowSpan } : {}, ...shownNodes(children));
}
