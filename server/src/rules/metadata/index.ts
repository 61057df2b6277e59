import { invalidAnnotation } from './invalid-annotation.ts';
import { invalidLabel } from './invalid-label.ts';
import { invalidName } from './invalid-name.ts';
import { invalidOwner } from './invalid-owner.ts';
import { missingName } from './missing-name.ts';

/** What the API server asks of every object's metadata. */
export const metadataRules = [missingName, invalidName, invalidLabel, invalidAnnotation, invalidOwner];
