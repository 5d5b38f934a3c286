import { answers, answersBody, type Context } from "#access";
import { failed, notFound, ok, type Result, type Route } from "#kernel";
import { type EchoView, type NodesPage, nodeBody } from "../../api/nodes.ts";
import { dicomNodeKind } from "./dicom-node.ts";
import { keepNode, nodeView } from "./keep-node.ts";
import type { NamedNode, NodeDirectory } from "./node-directory.ts";

export interface NodeRoutesNeeds {
  readonly directory: NodeDirectory;
  readonly ownAeTitle: string;
  /** Seals what only the node is to be told. */
  seal(node: string, secret: string): string;
  /** Opens an association with a node and asks for C-ECHO, or asks its web address for a study. */
  echo(node: NamedNode): Promise<Result<EchoView>>;
}

/** The DICOM nodes that Corridor speaks with. */
export function nodeRoutes({ directory, ownAeTitle, seal, echo }: NodeRoutesNeeds): readonly Route<Context>[] {
  const nodeOf = async (id: string): Promise<Result<NamedNode>> => {
    const nodes = await directory.nodes();
    if (!nodes.ok) return nodes;
    const found = nodes.value.find((node) => node.id === id);
    return found === undefined ? failed(notFound("not-found", `There is no node ${id}.`)) : ok(found);
  };
  return [
    {
      method: "GET",
      path: "/api/clinical/images/nodes",
      policy: "images.keep",
      summary: "The DICOM nodes that Corridor speaks with",
      handle: answers(async () => {
        const nodes = await directory.nodes();
        return nodes.ok ? ok({ ownAeTitle, nodes: nodes.value.map(nodeView) } satisfies NodesPage) : nodes;
      }),
    },
    {
      method: "PUT",
      path: "/api/clinical/images/nodes/:id",
      policy: "images.keep",
      summary: "Describe a DICOM node, or change what is said of it",
      handle: answersBody(nodeBody, (body, { context, id }) =>
        keepNode(context, directory, { id, body, seal: (secret) => seal(id, secret) }),
      ),
    },
    {
      method: "DELETE",
      path: "/api/clinical/images/nodes/:id",
      policy: "images.keep",
      summary: "Forget a DICOM node: it may ask for nothing any more",
      handle: answers(async ({ context, id }) => {
        const gone = await context.record.transact({ operations: [{ action: "delete", kind: dicomNodeKind, id }] });
        directory.forget();
        return gone.ok ? ok({ id }) : gone;
      }),
    },
    {
      method: "POST",
      path: "/api/clinical/images/nodes/:id/echo",
      policy: "images.keep",
      summary: "Ask a DICOM node whether it answers, by C-ECHO or at its web address",
      handle: answers(async ({ id }) => {
        const node = await nodeOf(id);
        return node.ok ? echo(node.value) : node;
      }),
    },
  ];
}
