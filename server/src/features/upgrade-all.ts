import { overlaps } from '../base/span.ts';
import { applyEdits, type TextEdit } from '../base/text-edit.ts';
import { Document } from '../graph/document.ts';
import type { Workspace } from '../graph/workspace.ts';
import type { FileEdit } from '../rules/rule-types.ts';
import { checkDocument, type RuleFinding } from '../rules/run.ts';
import type { ApiModel } from '../schema/api-model.ts';
import { editsBetween } from '../syntax/line-edits.ts';
import { freshFindings, type Judgement, judge } from './shared/findings.ts';

/**
 * Brings every manifest of the workspace to the versions that the model's release wants, as far as that leaves no
 * choice. Nothing else is mended.
 */
export function upgradeAll(workspace: Workspace, model: ApiModel, judgement: Judgement): readonly FileEdit[] {
  const result: FileEdit[] = [];
  for (const { documents, open } of workspace.files()) {
    for (const document of documents) {
      if (document.broken || document.template || document.facts.length === 0) continue;
      const text = upgraded(workspace, model, judgement, document);
      if (text !== document.text) {
        for (const { span, newText } of editsBetween(document.text, text))
          result.push({ uri: document.uri, span: document.inFile(span), newText });
      }
      if (!open) document.dropTree();
    }
  }
  return result;
}

/** An upgrade can make way for the next one: a few rounds, until nothing changes. */
const rounds = 10;

function upgraded(workspace: Workspace, model: ApiModel, judgement: Judgement, original: Document): string {
  let document = original;
  for (let round = 0; round < rounds; round++) {
    // What the workspace knows is of the text as it is.
    const found =
      round === 0 ? freshFindings(document, model, workspace.index) : checkDocument(document, model).findings;
    const edits = editsOf(workspace, judgement, document, found);
    if (edits.length === 0) break;
    const text = applyEdits(document.text, edits);
    if (text === document.text) break;
    document = new Document(original.uri, text, 0, undefined, original.role, original.schemas);
  }
  return document.text;
}

function editsOf(
  workspace: Workspace,
  judgement: Judgement,
  document: Document,
  all: readonly RuleFinding[],
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const own = all.filter(({ rule }) => rule.upgrades === true);
  for (const { found } of judge(workspace, document, own, judgement)) {
    const fixes = (found.finding.fixes?.() ?? []).filter((fix) => fix.preferred);
    const only = fixes.length === 1 ? fixes[0] : undefined;
    if (!only || only.edits.some((edit) => edit.document !== document)) continue;
    if (only.edits.some((edit) => edits.some((other) => overlaps(other.span, edit.span)))) continue;
    edits.push(...only.edits);
  }
  return edits;
}
