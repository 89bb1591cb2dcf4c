// verify.mjs ROOT.pem FILE ...: what c2pa-rs (npm @contentauth/c2pa-wasm) says of each file; exits with 1 unless all are Trusted.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [root, ...files] = process.argv.slice(2);
const folder = createRequire(process.cwd() + '/').resolve('@contentauth/c2pa-wasm').replace(/[^/]*$/, '');
const { default: init, WasmReader } = await import(folder + 'c2pa.js');
await init({ module_or_path: readFileSync(folder + 'c2pa_bg.wasm') });
const settings = JSON.stringify({
  trust: { user_anchors: readFileSync(root, 'utf8') },
  verify: { verify_trust: true },
});
const types = { png: 'image/png', jpeg: 'image/jpeg', jpg: 'image/jpeg', webp: 'image/webp' };
let good = true;
for (const file of files) {
  let state;
  try {
    const reader = await WasmReader.fromBytes(types[file.split('.').pop()], new Uint8Array(readFileSync(file)), settings);
    const said = JSON.parse(reader.json());
    const failures = said.validation_results?.activeManifest?.failure ?? [];
    state = [said.validation_state, ...failures.map((f) => `${f.code}: ${f.explanation}`)].join('; ');
  } catch (e) {
    state = `unreadable: ${e}`;
  }
  good &&= state === 'Trusted';
  console.log(`${file}: ${state}`);
}
process.exit(good ? 0 : 1);
