#include "cli/about.hpp"
#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "cli/inputs/model_io.hpp"
#include "core/error.hpp"
#include "core/text/number.hpp"
#include "data/model/model_json.hpp"
#include "data/pairs/pairs.hpp"
#include "data/pairs/triplets.hpp"
#include "io/input.hpp"
#include "prove/prove.hpp"

using namespace maha;

int main(int argc, char** argv) {
  cli::App app("maha-prove");
  std::string model_file, proof_file, file = "-", output = "-";
  std::optional<std::string> pairs_file, triplets_file;
  app.input("model", model_file, "the model, as it was written", "MODEL");
  app.input("proof", proof_file, "what the learner's --proof wrote", "PROOF");
  app.rows("file", file, "the rows that it learned from; - is standard input");
  app.input("--pairs", pairs_file, "the pairs that it learned from");
  app.input("--triplets", triplets_file, "the triplets that it learned from, if it did");
  app.output(output);
  app.require("model");
  app.require("proof");
  cli::CsvInput input(app, app, data::LabelUse::optional);
  app.example("maha-lmnn --proof proof.json datasets/wine.csv -o lmnn.json");
  app.example("maha-prove lmnn.json proof.json datasets/wine.csv");
  return app.run(argc, argv, [&] {
    // 1. The files, and that they are those that were written.
    app.about_to_read(model_file);
    const std::string text = io::read_all(model_file), name = io::input_name(model_file);
    const data::Model model = cli::about(name, [&] { return data::parse_model(text); });
    app.about_to_read(proof_file);
    const auto read_proof = [&] { return data::parse_proof(io::read_all(proof_file)); };
    const data::Proof proof = cli::about(io::input_name(proof_file), read_proof);
    prove::require(proof.model == data::digest(text), name + " is not the model that the proof was written with");

    // 2. The rows and what they were learned with.
    const data::Table table = input.read(file, cli::learned_columns(model));
    const data::RowNames names(table);
    prove::Given given{model, proof, table.X, table.y, {}, {}};
    if (pairs_file)
      given.pairs =
          data::read_pairs(*pairs_file, names, names, data::Answers::required, input.request.header, input.companion())
              .pairs;
    if (triplets_file)
      given.triplets = data::read_triplets(*triplets_file, names, data::Header::guess, input.companion());

    // 3. The proof.
    const prove::Interval optimum = prove::prove(given);
    app.out(output).write("proved: the optimum lies in [" + format_number(optimum.lo) + ", " +
                          format_number(optimum.hi) + "]\n");
  });
}
