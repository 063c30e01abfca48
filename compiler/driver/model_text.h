// A catalog as the text of a model, in our language or as SQL, proved to mean just that catalog.
#pragma once

#include <optional>
#include <string>

#include "compiler/driver/context.h"
#include "schema/catalog.h"

namespace schemac {

// The model in files: one when `target` ends in `.schema` or `.sql` (then it is SQL), else one a subject in
// the folder of that name. nullopt, with a diagnostic that says what the language has no words for, when the
// text read back would mean anything else.
std::optional<Files::Texts> ModelTexts(Context& context, const schema::Catalog& catalog,
                                       const std::string& target);

// Refuses to replace any of `texts`; `kept` go along and may be there. False, with diagnostics, when one of
// `texts` exists or nothing could be written.
bool WriteNew(Context& context, Files::Texts texts, const Files::Texts& kept = {});

}  // namespace schemac
