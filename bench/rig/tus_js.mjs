// tus-js-client as its documentation shows it, without an end to its retries: tus_js.mjs URL FOLDER GIVEN
import fs from "node:fs";
import path from "node:path";
import { Upload } from "tus-js-client";

const [url, folder, given] = process.argv.slice(2);

function sent(file) {
  const upload = (again) => new Promise((done, failed) => {
    const one = new Upload(fs.createReadStream(file), {
      endpoint: url,
      uploadUrl: again.url ?? null,
      uploadSize: fs.statSync(file).size,
      chunkSize: 128 * 1024,
      headers: { Authorization: `Bearer ${given}` },
      retryDelays: [0, 1000, 3000, 5000],
      onUploadUrlAvailable: () => { again.url = one.url; },
      onSuccess: done,
      onError: failed,
    });
    one.start();
  });
  return upload;
}

for (const name of fs.readdirSync(folder).sort()) {
  const again = {};
  const upload = sent(path.join(folder, name));
  for (;;) {
    try {
      await upload(again);
      break;
    } catch (trouble) {
      console.error(name, String(trouble).slice(0, 200));
      await new Promise((later) => setTimeout(later, 1000));
    }
  }
}
