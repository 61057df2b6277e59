import { incompleteSecret } from './incomplete-secret.ts';
import { invalidConfigData } from './invalid-config-data.ts';
import { notBase64 } from './not-base64.ts';

/** What the API server asks of ConfigMaps and Secrets. */
export const configRules = [invalidConfigData, notBase64, incompleteSecret];
