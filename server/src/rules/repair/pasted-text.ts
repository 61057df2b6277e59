import type { RepairRule } from '../rule.ts';

export const pastedText: RepairRule = {
  scope: 'repair',
  stage: 'text',
  id: 'pasted-text',
  severity: 'error',
  title: 'Something was pasted along with the manifest',
  why: 'A Markdown fence, a shell prompt or the ends of a here-document are no YAML: kubectl refuses the whole file.',
  remedy: 'Remove the lines that are not part of the manifest.',
  bad: `$ cat settings.yaml
# ^^^^^^^^^^^^^^^^^^^ error pasted-text
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: blue
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: blue
`,
  *find(source) {
    if (!source.broken) return;
    const { text } = source;
    const delimiters = new Set<string>();
    const pasted = source.lines.filter(({ type, within, textStart, end, key }) => {
      if (end - textStart > 500 || type !== 'content' || (within !== undefined && within !== 'plain')) return false;
      const line = text.slice(textStart, end).trimEnd();
      const delimiter = heredoc.exec(line)?.[1];
      if (delimiter !== undefined) delimiters.add(delimiter);
      if (delimiters.has(line) || delimiter !== undefined) return true;
      return fence.test(line) || prompt.test(line) || (key === undefined && (command.test(line) || line === 'EOF'));
    });
    const first = pasted[0];
    if (!first) return;
    const rest = pasted.length > 1 ? ` (nor ${pasted.length === 2 ? 'is one' : `are ${pasted.length - 1}`} below)` : '';
    yield {
      span: { start: first.textStart, end: first.end },
      message: `This line is not part of the manifest${rest}: it was pasted along, and kubectl can't read the file with it.`,
      repairs: [
        {
          title: pasted.length === 1 ? 'Remove the pasted line' : 'Remove the pasted lines',
          edits: pasted.map(({ start, end }) => {
            const newline = text.indexOf('\n', end);
            return { span: { start, end: newline < 0 ? text.length : newline + 1 }, newText: '' };
          }),
        },
      ],
    };
  },
};

const fence = /^(?:`{3,}|~{3,})[\w-]*$/;
const heredoc = /^[^:]*\b(?:cat|kubectl|tee|oc)\b.*<<-?\s*["'\\]?(\w+)/;
const tools = '(?:cat|kubectl|vi|vim|nano|less|more|echo|minikube|kops|helm|oc|sudo|k|tee|cd|ls)';
/** A prompt, with who and where before it or without. */
const prompt = new RegExp(`^(?:[\\w.-]+@[\\w.-]+[:\\s]\\S*\\s?)?[$%>]\\s+${tools}\\b`);
const command = new RegExp(`^${tools} (?:-|\\w[\\w-]*$|\\S+\\.ya?ml\\b|apply\\b|create\\b)`);
