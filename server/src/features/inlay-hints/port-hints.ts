import { documentOf } from '../../graph/document.ts';
import { resolveUse } from '../../graph/resolve.ts';
import type { Definition } from '../../model/facts.ts';
import { hitAt, nodeAt } from '../../syntax/tree.ts';
import { locate } from '../shared/context.ts';
import type { HintKind, InlayHint } from './hint.ts';

/** The number of a port that is called by its name: `targetPort: http → 8080`. */
export const portHints: HintKind = {
  id: 'ports',
  hintsOf({ workspace, document, facts, inSight }) {
    return facts.uses.flatMap((use): InlayHint[] => {
      if (use.row.mode !== 'port' || use.numeric || use.span.start > inSight.end || use.span.end < inSight.start)
        return [];
      const resolution = resolveUse(workspace.index, use);
      if (resolution.status !== 'resolved') return [];
      const numbers = new Map<string, Definition>();
      for (const target of resolution.targets) {
        const number = numberOf(target);
        if (number && !numbers.has(number.name)) numbers.set(number.name, number);
      }
      const sorted = [...numbers.values()].sort((a, b) => Number(a.name) - Number(b.name));
      const parts = sorted.map(({ name, span, facts: { document: at } }, i) => ({
        text: `${i === 0 ? '→ ' : ', '}${name}`,
        location: locate(at, span),
      }));
      return parts.length > 0 ? [{ offset: document.start + use.span.end, apart: true, parts }] : [];
    });
  },
};

/** The number that stands beside a port's name. */
function numberOf({ symbol, span, facts }: Definition): Definition | undefined {
  return documentOf(facts.document).withTree((root) => {
    const item = nodeAt(root, hitAt(root, span.start)?.path.slice(0, -1) ?? []);
    return facts.definitions.find(
      (other) =>
        other.symbol === symbol &&
        other.numeric &&
        item !== undefined &&
        other.span.start >= item.start &&
        other.span.end <= item.end,
    );
  });
}
