/** The page of the documentation that explains a rule, by its id. */
export const ruleHref = (id: string): string =>
  `https://github.com/podwire/podwire/blob/main/docs/rules/${encodeURIComponent(id)}.md`;
