/** Reading and completing YAML. */
export { readConfig } from '../../../compiler/config/read-config.ts';
export { createPieces } from '../../../dsl/yaml/pieces.ts';
export { completeYaml } from '../../language/complete/yaml.ts';
