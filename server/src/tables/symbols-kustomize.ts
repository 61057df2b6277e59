import { containers } from './kinds.ts';
import { kustomizations } from './places.ts';
import type { FileSymbol, KustomizedSymbol, SymbolId } from './row-types.ts';

export type KustomizeId = Extract<SymbolId, 'file' | 'resource' | 'image'>;

/** What kustomizations name: files, and what they change. */
export const kustomizeSymbols: Readonly<Record<KustomizeId, FileSymbol | KustomizedSymbol>> = {
  file: {
    of: 'workspace',
    noun: 'file',
    article: 'a',
    fixed: 'This is a path: rename or move the file itself, and correct the paths that lead to it.',
    consequence: '`kustomize build` fails: it finds nothing to read there.',
    remedy:
      'Correct the path: it starts in the folder of the file that names it, and a folder that is named must hold a kustomization.yaml.',
  },
  resource: {
    of: 'kustomization',
    noun: 'resource',
    article: 'a',
    at: [
      { everyKind: 'metadata.name' },
      { kinds: kustomizations, path: '(configMapGenerator|secretGenerator)[].name' },
    ],
    consequence: '`kustomize build` fails: it finds no such resource.',
    remedy: 'Use the kind and the name of a resource that the kustomization lists, or list the file that holds it.',
  },
  image: {
    of: 'kustomization',
    noun: 'image',
    article: 'an',
    at: [
      // Without its tag and its digest.
      { pod: `${containers}.image`, capture: `^["']?([^"'@\\s]+?)(?::[\\w.-]+)?(?:@[\\w:]+)?["']?$` },
      // Where an image is replaced, what stands further out knows it by its new name.
      { kinds: kustomizations, path: 'images[].newName' },
    ],
    fixed: 'An image has the name that its registry gives it: change it where it is used.',
    consequence: 'Nothing is changed, and nothing reports that.',
    remedy: 'Use the name of the image as the containers have it, without tag and digest.',
  },
};
