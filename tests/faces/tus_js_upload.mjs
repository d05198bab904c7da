// One upload by tus-js-client: node tus_js_upload.mjs URL AUTHORIZATION FILE; prints what the server said last.
import { readFileSync } from "node:fs";
import { Upload } from "tus-js-client";

const [, , endpoint, authorization, file] = process.argv;
const upload = new Upload(readFileSync(file), {
  endpoint,
  headers: { Authorization: authorization },
  chunkSize: 64 * 1024,
  retryDelays: [0, 10, 10, 10],
  onError: (error) => {
    console.error(String(error));
    process.exit(1);
  },
  onSuccess: ({ lastResponse }) => console.log(lastResponse.getHeader("Dekat-Receipt")),
});
upload.start();
