// Files that say what a database is: models in our language, or SQL. Found on disk, in git or on standard
// input, they are read the same way.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/analyze/analyze.h"
#include "compiler/driver/context.h"
#include "compiler/sql/interpret.h"

namespace schemac {

inline constexpr const char* kModelSuffix = ".schema";
inline constexpr const char* kSqlSuffix = ".sql";

// What stands under one path that somebody named.
struct Found {
  std::string path;  // As named.
  bool is_folder = false;
  Files::Texts files;  // With the path as a prefix; of a folder those that may matter here.
};

// Reads a file, or a folder to its bottom. nullopt, with a diagnostic, when it is missing or cannot be read.
std::optional<Found> ReadFound(Context& context, const std::string& path);
// What comes on standard input, as a file.
Found ReadInput(Context& context);
// Drops the files that say nothing of a schema.
void KeepSchemaFiles(Files::Texts& files);

// Whether a text is SQL rather than a model: by the word that its first statement begins with.
bool LooksLikeSql(std::string_view text);
// Whether these are SQL: no *.schema among them, and what is alone looks like it.
bool AreSql(const std::vector<Found>& found);

// Files in the sources, ready to be read.
struct SchemaFiles {
  bool sql = false;
  std::vector<SourceId> files;        // SQL in the order in which it runs.
  std::string layout;                 // Of the last folder of SQL; "" for files and models.
  std::vector<std::string> left_out;  // Other SQL in it, and why.
};
// Adds what was found to the sources: SQL of folders as their layout says (see foreign_history.h; `layout` is
// one of ForeignLayouts(), or "" to tell it from the files). nullopt, with diagnostics, when the order of
// files cannot be told or models and SQL are mixed.
std::optional<SchemaFiles> LoadSchema(Context& context, std::vector<Found> found,
                                      const std::string& layout = "");
// Says on standard error how a folder of SQL was understood.
void SayLayout(Context& context, const SchemaFiles& files);

// All files as one state: one model, or SQL after SQL, with the hints in them. nullopt, with diagnostics,
// after any error. `passed_over`, if asked for, counts statements that change no schema.
std::optional<Model> ReadSchema(const Context& context, const SchemaFiles& files, DiagnosticSink& sink,
                                sql::PassedOver* passed_over = nullptr);
// Says on standard error what the SQL held that no schema has.
void SayPassedOver(Context& context, const sql::PassedOver& passed_over);

}  // namespace schemac
