import type { DocumentRule } from './rule.ts';

/** Whether a text that can't be parsed is meant to be a manifest: nobody wants to hear of other broken YAML. */
export const looksLikeManifest = (text: string): boolean => /^apiVersion:/m.test(text) && /^kind:/m.test(text);

export const yamlSyntax: DocumentRule = {
  scope: 'document',
  id: 'yaml-syntax',
  severity: 'error',
  title: 'The document is not well-formed YAML',
  why: 'kubectl stops at the first such place and applies nothing of the file.',
  remedy: 'Mend the place that is marked: close the quote or bracket, align the line, put a space behind the colon.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: "light" blue
#                ^^^^ error yaml-syntax
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: "light blue"
`,
  *check(document) {
    if (document.template || !document.broken || !looksLikeManifest(document.text)) return;
    // What follows the first fault is mostly its echo.
    const problem = document.parsed.problems[0];
    if (problem) yield { span: problem.span, message: problem.message };
  },
};
