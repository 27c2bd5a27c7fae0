/** Before each test file: @forge/api keeps the `fetch` that it finds when it is first loaded. */
import { installPlatform } from './platform.ts';

installPlatform();
