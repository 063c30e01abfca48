// What well-known extensions bring, as far as analysis of types needs it. What is not known of an extension
// is never an error.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/sql/expression.h"

namespace schemac::sql {

// The extension whose type this is, or "".
std::string_view ExtensionOfType(std::string_view type);

// Where the type lives when an extension of the catalog brings it, or may bring it because we do not know
// that extension.
std::optional<schema::QualifiedName> TypeOfExtension(std::string_view written_schema, std::string_view name,
                                                     const Scope& scope);

// The result type (a TypeKey without schema: "text", "\x02citext") of a function of a well-known extension,
// or "".
std::string_view ResultOfExtensionFunction(std::string_view function);

// The schema of the well-known extension that brings the function; "" when that is not told, or the catalog
// has no such extension.
std::string SchemaOfExtensionFunction(std::string_view function, const Scope& scope);

// Whether the catalog holds an extension of which we know nothing, or any at all.
bool HasExtensions(const Scope& scope);

}  // namespace schemac::sql
