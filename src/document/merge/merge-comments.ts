// Comments in a merge: a person's stay, ours follow the generator, and none is lost unseen.
import { isCollection, isPair, type Document, type Node, visit } from 'yaml';
import type { MaybeNode } from './same-nodes.ts';

/** Gives `target` the comments that three versions of its node come to. */
export function mergeComments(base: MaybeNode, target: MaybeNode, generated: MaybeNode): void {
  if (!target || !generated) return;
  const isOurs = (place: 'comment' | 'commentBefore') => (target[place] ?? null) === (base?.[place] ?? null);
  // Null is the library's own word for no comment; its types do not say so of every node.
  if (isOurs('comment')) Object.assign(target, { comment: generated.comment ?? null });
  if (isOurs('commentBefore')) Object.assign(target, { commentBefore: generated.commentBefore ?? null });
}

/** The lines of all comments of a document, each as often as it stands there. */
export function listCommentLines(document: Document): string[] {
  const comments = [document.commentBefore, document.comment];
  visit(document, (_, node) => {
    if (isPair(node) || node === null) return;
    const { comment, commentBefore } = node as Node;
    comments.push(comment ?? null, commentBefore ?? null);
  });
  return comments.flatMap((comment) => comment?.split('\n').map((line) => line.trim()) ?? []).filter(Boolean);
}

/** Whether a node carries comments that are not the base's. */
export function hasOwnComments(base: MaybeNode, mine: MaybeNode): boolean {
  const known = new Map<string, number>();
  for (const line of nodeComments(base)) known.set(line, (known.get(line) ?? 0) + 1);
  return nodeComments(mine).some((line) => {
    const left = known.get(line) ?? 0;
    known.set(line, left - 1);
    return left <= 0;
  });
}

function nodeComments(node: MaybeNode): string[] {
  if (!node) return [];
  const comments = [node.comment, node.commentBefore];
  if (isCollection(node))
    visit(node, (_, inner) => {
      if (!isPair(inner) && inner !== null && inner !== node)
        comments.push((inner as Node).comment, (inner as Node).commentBefore);
    });
  return comments.flatMap((comment) => comment?.split('\n').map((line) => line.trim()) ?? []).filter(Boolean);
}
